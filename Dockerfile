# syntax=docker/dockerfile:1
# The portal as one image: it serves the site, runs the worker and every manage.py command.
ARG PYTHON_VERSION=3.11

FROM python:${PYTHON_VERSION}-slim-bookworm AS build
ENV PYTHONDONTWRITEBYTECODE=1 DJANGO_SETTINGS_MODULE=portal.settings.production
RUN python -m venv /opt/venv
COPY requirements-production.txt /tmp/
RUN --mount=type=cache,target=/root/.cache/pip \
    /opt/venv/bin/pip install --disable-pip-version-check --require-hashes --no-deps -r /tmp/requirements-production.txt
WORKDIR /srv/portal
COPY . .
# Settings that refuse to start unconfigured get values that live for these two commands only.
RUN export SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(60))')" \
        ALLOWED_HOSTS=build.invalid DATABASE_URL=sqlite:// EMAIL_URL=consolemail:// \
    && /opt/venv/bin/python manage.py compile_catalogues --all \
    && /opt/venv/bin/python manage.py collectstatic --noinput --verbosity 0

FROM python:${PYTHON_VERSION}-slim-bookworm
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 DJANGO_SETTINGS_MODULE=portal.settings.production MEDIA_ROOT=/srv/media
RUN useradd --system --uid 10001 --home-dir /srv/portal --shell /usr/sbin/nologin portal \
    && install --directory --owner portal /srv/media
COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv/portal /srv/portal
WORKDIR /srv/portal
USER portal
VOLUME /srv/media
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "scripts/healthcheck.py"]
# WEB_CONCURRENCY sets the number of workers; --preload shares the loaded code between them.
ENV WEB_CONCURRENCY=2
CMD ["gunicorn", "portal.wsgi", "--bind=0.0.0.0:8000", "--worker-class=gthread", "--threads=4", "--preload", \
     "--worker-tmp-dir=/dev/shm", "--max-requests=5000", "--max-requests-jitter=500", "--access-logfile=-"]
