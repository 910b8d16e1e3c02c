"""The addresses of the pages for planning: funding, places, courses, consultations."""

from django.urls import path

from muster_web.planner import consultations, course, courses, funding, places

urlpatterns = [
    path("funding/", funding.funding, name="funding"),
    path("places/", places.places, name="places"),
    path("courses/", courses.courses, name="courses"),
    path("courses/new/", courses.new_course, name="new_course"),
    path("courses/tracker/", course.tracker, name="training_tracker"),
    path("courses/<int:pk>/", course.course, name="course"),
    path("courses/<int:pk>/attendance/", course.attendance, name="course_attendance"),
    path("consultations/", consultations.consultations, name="consultations"),
    path("consultations/new/", consultations.new_consultation, name="new_consultation"),
    path("consultations/<int:pk>/", consultations.consultation, name="consultation"),
    path("bookings/<int:number>/cancel/", course.cancel, name="cancel_booking"),
]
