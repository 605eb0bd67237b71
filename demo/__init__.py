"""The demo application under test: Django, django-allauth and django-sesame, with templates of our own."""
