"""What people put into the file of a school: notes, plans, documents, what the school says to them; and its words."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from muster_web.accounts.models import Organisation, User


class Note(models.Model):
    """What somebody of the authority wrote about a school: a visit, a concern, a plan, a remark.

    ``minutes`` is the time it took; ``shared`` says that the school may read it.  ``judgement`` and ``actions`` are
    what a visit came to.  A concern stands until its day ``until``; ``reviewed`` is when it was last looked at.  Good
    practice has a ``link`` where more is said of it, and is named to other schools of the authority where the school
    ``agreed``.
    """

    class Judgement(models.TextChoices):
        """How a visit found what it was about."""

        STRONG = "strong", "Strong: others can learn from it"
        SECURE = "secure", "Secure: as it should be"
        DEVELOPING = "developing", "Developing: on the way"
        WEAK = "weak", "Weak: help is needed now"

    class Kind(models.TextChoices):
        """What a note is."""

        VISIT = "visit", "Visit"
        PLAN = "plan", "Improvement plan"
        CONCERN = "concern", "Concern"
        GOOD_PRACTICE = "good_practice", "Good practice"
        REMARK = "remark", "Remark"

    school = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="notes")
    of = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=14, choices=Kind)
    title = models.CharField(max_length=120)
    text = models.TextField(max_length=20_000)
    theme = models.CharField(max_length=60, blank=True)
    on = models.DateField(default=timezone.localdate)
    minutes = models.PositiveIntegerField(default=0)
    shared = models.BooleanField(default=False)
    judgement = models.CharField(max_length=12, choices=Judgement, blank=True)
    actions = models.TextField(max_length=4_000, blank=True)
    until = models.DateField(null=True, blank=True)
    reviewed = models.DateField(null=True, blank=True)
    link = models.URLField(max_length=300, blank=True)
    agreed = models.BooleanField(default=False)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["school", "-on"])]

    def __str__(self) -> str:
        return self.title


class Review(models.Model):
    """What a review of a concern found, on which day: the trail of a concern while it stands."""

    concern = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="reviews")
    on = models.DateField(default=timezone.localdate)
    text = models.TextField(max_length=4_000)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-on", "-pk"]


class Priority(models.Model):
    """One priority of the improvement plan of a school; ``theme`` was suggested by its words until ``confirmed``."""

    school = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="priorities")
    plan = models.CharField(max_length=60)
    place = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    theme = models.CharField(max_length=60, blank=True)
    confirmed = models.BooleanField(default=False)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "plan", "place"], name="one_priority_in_a_place")
        ]
        ordering = ["-plan", "place"]

    def __str__(self) -> str:
        return self.text


class Document(models.Model):
    """A document put into the file of a school, kept as it came; ``shared`` as of a note."""

    school = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="documents")
    of = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=120)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    stored = models.CharField(max_length=200)
    shared = models.BooleanField(default=False)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.title


class Challenge(models.Model):
    """A school says that something in its file is wrong; its authority or the department answers.

    ``about`` names the item as the page shows it, ``place`` where it stands: a file and its row, or a note.
    """

    class State(models.TextChoices):
        """Where a challenge stands."""

        OPEN = "open", "Open"
        ACCEPTED = "accepted", "Accepted"
        REFUSED = "refused", "Not accepted"

    school = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="challenges")
    about = models.CharField(max_length=200)
    place = models.CharField(max_length=300)
    text = models.TextField(max_length=2_000)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    answer = models.TextField(max_length=2_000, blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    answered = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at"]


class Words(models.Model):
    """What a search looks through: the words of a school, of a note or of a document, and who may find them.

    ``reader`` is the organisation that alone may find it, besides the school where ``school_too``; none for everybody.
    The index over ``text`` is made in a migration: FTS5 on SQLite, a GIN index on PostgreSQL.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="words")
    note = models.OneToOneField(Note, null=True, blank=True, on_delete=models.CASCADE, related_name="words")
    document = models.ForeignKey(  # not one to one: SQLite would make the table anew and lose the triggers of its index
        Document, null=True, blank=True, on_delete=models.CASCADE, related_name="words"
    )
    reader = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    school_too = models.BooleanField(default=False)
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(note=None, document=None),
                name="words_of_a_school_once",
            )
        ]
