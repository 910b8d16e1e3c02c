"""The addresses of the dictionary and of what is proposed for it."""

from django.urls import path

from muster_web.dictionary import (
    changes,
    code_set,
    collection,
    download,
    item,
    proposal,
    proposals,
    propose,
    rule,
    start,
)

urlpatterns = [
    path("", start.dictionary, name="dictionary"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/new/", propose.propose, name="propose"),
    path("proposals/<int:pk>/", proposal.proposal, name="proposal"),
    path("proposals/<int:pk>/<str:step>/", proposal.move_proposal, name="move_proposal"),
    path("<str:name>/", collection.dictionary_collection, name="dictionary_collection"),
    path("<str:name>/changes/", changes.dictionary_changes, name="dictionary_changes"),
    path("<str:name>/download/<str:form>/", download.dictionary_download, name="dictionary_download"),
    path("<str:name>/items/<str:table>/<str:item>/", item.dictionary_item, name="dictionary_item"),
    path("<str:name>/rules/<str:rule>/", rule.dictionary_rule, name="dictionary_rule"),
    path("<str:name>/codes/<str:code_set>/", code_set.dictionary_code_set, name="dictionary_code_set"),
]
