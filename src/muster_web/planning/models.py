"""What an authority offers and asks its schools: courses and who booked, consultations and who answered."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from muster_web.accounts.models import Organisation, User


class Course(models.Model):
    """A course on one day: its places, what it costs whoever comes, each seat besides, and the price of a seat."""

    of = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="courses")
    title = models.CharField(max_length=120)
    theme = models.CharField(max_length=60, blank=True)
    about = models.TextField(max_length=2_000, blank=True)
    on = models.DateField()
    venue = models.CharField(max_length=120, blank=True)
    places = models.PositiveSmallIntegerField()
    fixed = models.DecimalField(max_digits=9, decimal_places=2, default=0)
    each = models.DecimalField(max_digits=9, decimal_places=2, default=0)
    price = models.DecimalField(max_digits=9, decimal_places=2, default=0)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["on", "pk"]
        indexes = [models.Index(fields=["of", "on"])]

    def __str__(self) -> str:
        return self.title


class Booking(models.Model):
    """Seats a school booked; nobody is named.  ``attended`` is how many came, None until that was noted."""

    class State(models.TextChoices):
        """Whether the seats are the school's."""

        BOOKED = "booked", "Booked"
        WAITING = "waiting", "On the waiting list"
        CANCELLED = "cancelled", "Cancelled"

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="bookings")
    school = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="bookings")
    seats = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=State, default=State.BOOKED)
    attended = models.PositiveSmallIntegerField(null=True, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["course", "school"],
                condition=~models.Q(state="cancelled"),
                name="one_booking_of_a_school",
            )
        ]
        ordering = ["at", "pk"]


class Consultation(models.Model):
    """What an authority asks its schools, from one day to another; where ``rated`` each also says how good it is.

    ``feedback`` is what became of the answers: you said, we did.
    """

    of = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="consultations")
    title = models.CharField(max_length=120)
    about = models.TextField(max_length=4_000)
    major = models.BooleanField(default=False)
    rated = models.BooleanField(default=False)
    opens = models.DateField(default=timezone.localdate)
    closes = models.DateField()
    feedback = models.TextField(max_length=4_000, blank=True)
    feedback_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-closes", "-pk"]
        indexes = [models.Index(fields=["of", "-closes"])]

    def __str__(self) -> str:
        return self.title


class Reply(models.Model):
    """What one school answered; a later answer takes the place of an earlier one until the consultation closes."""

    class Rating(models.IntegerChoices):
        """How good a school finds it."""

        VERY_GOOD = 1, "Very good"
        GOOD = 2, "Good"
        FAIR = 3, "Fair"
        POOR = 4, "Poor"

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="replies")
    school = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="replies")
    rating = models.PositiveSmallIntegerField(choices=Rating, null=True, blank=True)
    text = models.TextField(max_length=4_000, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "school"], name="one_reply_of_a_school")
        ]
        ordering = ["school__name"]
