"""Common transfer files of invented pupils: UPNs of an authority given up in 2009, postcodes of no area."""

from __future__ import annotations

import io
import struct
import zipfile
from xml.sax.saxutils import escape

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def upn_of(number: int) -> str:
    """A UPN with the right letter, of an authority that is no more."""
    digits = f"8204001{13:02d}{number:03d}"
    letter = LETTERS[sum((place + 2) * int(digit) for place, digit in enumerate(digits)) % 23]
    return f"{letter}{digits}"


def pupil_of(number: int, **said: str) -> str:
    """A pupil as a file has it; what is not said is invented."""
    known = {
        "Surname": "Larch", "Forename": f"Pupil{number}", "DOB": "2002-05-17", "PostCode": "AA9 9ZZ",
        "Street": "Mill Lane", "PAON": str(number), "Town": "Anytown", **said,
    }  # fmt: skip
    one = {name: escape(text) for name, text in known.items()}
    return (
        f"<Pupil><UPN>{one.get('UPN', upn_of(number))}</UPN><Surname>{one['Surname']}</Surname>"
        f"<Forename>{one['Forename']}</Forename><DOB>{one['DOB']}</DOB><Gender>F</Gender>"
        f"<BasicDetails><Ethnicity>WBRI</Ethnicity></BasicDetails>"
        f"<Address><BS7666Address><PAON>{one['PAON']}</PAON><Street>{one['Street']}</Street>"
        f"<Town>{one['Town']}</Town></BS7666Address><PostCode>{one['PostCode']}</PostCode></Address>"
        "<Contacts><Contact><Order>1</Order><Surname>Larch</Surname><Forename>Ellen</Forename>"
        "<Relationship>PAM</Relationship><Responsibility>1</Responsibility>"
        "<Address><AddressAsPupil>true</AddressAsPupil></Address></Contact></Contacts></Pupil>"
    )


def ctf_of(
    source: str = "9994001",
    to: str = "9992001",
    *,
    pupils: str = "",
    version: str = "13.0",
    root: str = "CTfile",
) -> bytes:
    """A common transfer file from one school to another."""
    held = pupils or pupil_of(1)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<{root}><Header><DocumentName>Common Transfer File</DocumentName><CTFversion>{version}</CTFversion>
<DateTime>2013-12-02T09:30:00</DateTime><DocumentQualifier>full</DocumentQualifier><SupplierID>MUSTER</SupplierID>
<SourceSchool><LEA>{source[:3]}</LEA><Estab>{source[3:]}</Estab><SchoolName>Ashcombe School</SchoolName>
<AcademicYear>2013</AcademicYear></SourceSchool>
<DestSchool><LEA>{to[:3]}</LEA><Estab>{to[3:]}</Estab></DestSchool></Header>
<CTFpupilData>{held}</CTFpupilData></{root}>""".encode()


def name_of(source: str = "9994001", to: str = "9992001", number: int = 1, kind: str = "CTF") -> str:
    """The name of such a file."""
    return f"{source}_{kind}_{to}_{number:03d}.xml"


def zip_of(name: str = "list.csv", *, encrypted: bool) -> bytes:
    """A zip with one file, said to be encrypted or not; what is in it is noise all the same."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(name, bytes(range(256)))
    found = bytearray(held.getvalue())
    if encrypted:  # bit 0 of the flags, in the entry and in the directory
        for signature, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
            at = found.index(signature) + place
            struct.pack_into("<H", found, at, struct.unpack_from("<H", found, at)[0] | 1)
    return bytes(found)
