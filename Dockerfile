# The site with its scheduler. It writes only to the volume /data. docs/operators.md says how to run it.
ARG BASE=debian:trixie-slim

FROM ${BASE} AS python
# Certificates are for the mail server, PostgreSQL's client is for backups. Versions are not pinned: Debian offers only the newest.
# hadolint ignore=DL3008
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends ca-certificates postgresql-client python3 \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt /var/log/apt /var/log/dpkg.log
ENV PATH=/srv/venv/bin:$PATH PYTHONUNBUFFERED=1

FROM python AS build
# hadolint ignore=DL3008
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-venv
# pip is in a separate environment, so that it is not in the image.
RUN python3 -m venv /tmp/pip && python3 -m venv --without-pip /srv/venv
WORKDIR /srv/site
COPY requirements.txt .
# The package index and its certificates are secrets of the build. The image does not contain them.
RUN --mount=type=secret,id=pip,target=/etc/pip.conf --mount=type=secret,id=certificates,target=/run/certificates.crt \
    if [ -e /run/certificates.crt ]; then export PIP_CERT=/run/certificates.crt; fi \
    && /tmp/pip/bin/pip --python /srv/venv/bin/python install --quiet --no-cache-dir --require-hashes -r requirements.txt
COPY . .
RUN python iom/locale/compile.py \
    && SECRET_KEY=of-the-build-and-of-nothing-that-is-served SITE_URL=https://site.invalid DATA_DIR=/tmp/data STATIC_DIR=/srv/static \
    python manage.py collectstatic --no-input --settings iom.settings.production \
    && python -m compileall -q . \
    && find /srv/venv -name '*.po' -delete \
    # Data that no code uses: places of telephone numbers, and Amazon's services other than storage
    && rm -r /srv/venv/lib/python3*/site-packages/phonenumbers/geodata \
        /srv/venv/lib/python3*/site-packages/phonenumbers/carrierdata /srv/venv/lib/python3*/site-packages/phonenumbers/tzdata \
    && find /srv/venv/lib/python3*/site-packages/botocore/data -mindepth 1 -maxdepth 1 -type d ! -name s3 ! -name sts -exec rm -r {} + \
    && chmod -R go=u-w /srv

FROM python
COPY --from=build /srv /srv
RUN useradd --uid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin site \
    && install -d -o site /data
USER 10001
WORKDIR /srv/site
ENV DJANGO_SETTINGS_MODULE=iom.settings.production PYTHONDONTWRITEBYTECODE=1 \
    BIND=0.0.0.0 PORT=8000 DATA_DIR=/data STATIC_DIR=/srv/static TMPDIR=/data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --start-period=60s CMD ["python", "deploy/health.py"]
CMD ["python", "manage.py", "start", "--migrate"]
