"""The addresses of the pages for planning: funding, places, courses."""

from django.urls import path

from muster_web.planner import course, courses, funding, places

urlpatterns = [
    path("funding/", funding.funding, name="funding"),
    path("places/", places.places, name="places"),
    path("courses/", courses.courses, name="courses"),
    path("courses/new/", courses.new_course, name="new_course"),
    path("courses/tracker/", course.tracker, name="training_tracker"),
    path("courses/<int:pk>/", course.course, name="course"),
    path("courses/<int:pk>/attendance/", course.attendance, name="course_attendance"),
    path("bookings/<int:number>/cancel/", course.cancel, name="cancel_booking"),
]
