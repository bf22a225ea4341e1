"""The door Granian serves: `granian --interface wsgi palkkio.config.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "palkkio.config.settings")
application = get_wsgi_application()
