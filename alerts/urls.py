from django.urls import path
from django.utils.translation import pgettext_lazy

from alerts import views

app_name = "alerts"
# Included inside i18n_patterns: /fr/alertes/, /de/suchauftraege/, /en/alerts/.
urlpatterns = [
    path(pgettext_lazy("URL", "alerts/"), views.my_searches, name="list"),
    path(pgettext_lazy("URL", "alerts/new/"), views.save_search, name="new"),
    path(pgettext_lazy("URL", "alerts/sent/"), views.mail_sent, name="sent"),
    path(pgettext_lazy("URL", "alerts/confirm/<str:token>/"), views.confirm, name="confirm"),
    path(pgettext_lazy("URL", "alerts/unsubscribe/<str:token>/"), views.unsubscribe, name="unsubscribe"),
    path(pgettext_lazy("URL", "alerts/manage/<str:token>/"), views.searches_of_address, name="manage"),
]
