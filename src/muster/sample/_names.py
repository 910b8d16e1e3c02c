"""Family and given names for invented people; common ones, some with marks that break careless software."""

from __future__ import annotations

_FAMILY_NAMES = """
    Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Robinson Wright Thompson Evans Walker White
    Roberts Green Hall Thomas Clarke Jackson Wood Harris Edwards Turner Martin Cooper Hill Ward Hughes Moore
    Clark King Harrison Lewis Baker Lee Allen Morris Khan Scott Watson Davis Parker James Bennett Young
    Phillips Richardson Mitchell Bailey Carter Cook Singh Shaw Bell Collins Morgan Kelly Begum Miller Cox
    Hussain Marshall Simpson Price Anderson Adams Wilkinson Foster Ali Ellis Murphy Chapman Mason Gray Hunt
    Matthews Russell Webb Rogers Hunter Ahmed Campbell Stevens Palmer Holmes Mills Barnes Knight Lloyd Butler
    Kaur Okafor Adeyemi Mensah Nowak Kowalska Rossi Fernandes Silva Nguyen Chen Wong O'Connor O'Brien D'Souza
    MacDonald McCarthy St.John Brontë Müller García Nuñez Björk Łukasik Hart-Davis Smith-Jones Page-Turner
    Ashworth Birtwistle Cholmondeley Dewhurst Entwistle Fairclough Greenhalgh Hollingworth Ibbotson Jessop
    Kershaw Lockwood Micklethwaite Netherwood Ollerenshaw Pickersgill Quarmby Ramsbottom Sidebotham Thistlethwaite
    Umfreville Vavasour Winterbottom Yarwood Zouche
"""

_WOMEN = """
    Emma Sarah Laura Rebecca Gemma Rachel Claire Charlotte Victoria Lisa Michelle Nicola Helen Julie Karen
    Susan Amanda Louise Joanne Katie Hannah Amy Lucy Jessica Sophie Samantha Kelly Natalie Danielle Stephanie
    Catherine Elizabeth Jennifer Margaret Christine Deborah Jacqueline Tracey Alison Angela Aisha Fatima
    Priya Sunita Zainab Ngozi Agnieszka Siân Zoë Chloë Niamh Róisín Mary-Anne Ruth Olivia Grace Megan Bethany
    Harriet Philippa Imogen Beatrice Rosalind Winifred
"""

_MEN = """
    David James Andrew Paul Mark John Michael Stephen Richard Peter Robert Christopher Matthew Daniel Thomas
    Simon Ian Kevin Gary Neil Adam Benjamin Jonathan Martin Philip Alan Anthony Graham Stuart Craig Mohammed
    Imran Rajesh Kwame Tomasz José Seán Owen Gareth Luke Joshua Samuel Jack Harry Oliver George William Edward
    Alexander Nicholas Timothy Patrick Dominic Rupert
"""

FAMILY_NAMES = tuple(_FAMILY_NAMES.split())
WOMEN = tuple(_WOMEN.split())
MEN = tuple(_MEN.split())
