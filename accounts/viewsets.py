from wagtail.users.views import users

from accounts.forms import UserCreationForm, UserEditForm


class UserViewSet(users.UserViewSet):
    def get_form_class(self, for_update: bool = False):
        return UserEditForm if for_update else UserCreationForm
