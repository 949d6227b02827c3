# The action's image. Nothing in it reaches the network when it runs: git is used on the checkout only.
# The base is pinned by digest; a mirror's image is used with --build-arg PYTHON_IMAGE=...
ARG PYTHON_IMAGE=python:3.12.14-slim-bookworm@sha256:782412e85d0f0984994c290652577d4018aff08145c85b262bb63dc0c7522254

FROM ${PYTHON_IMAGE} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
COPY requirements.lock /build/requirements.lock
# Wheels only: nothing of a dependency runs while it is installed.
RUN python -m venv --without-pip /opt/convex-ssot \
 && python -m pip --python /opt/convex-ssot/bin/python install \
      --require-hashes --only-binary :all: --requirement /build/requirements.lock
COPY ssot_action /build/ssot_action
# The package needs no build step.
RUN site="$(/opt/convex-ssot/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')" \
 && cp -r /build/ssot_action "$site/ssot_action" \
 && /opt/convex-ssot/bin/python -m compileall -q --invalidation-mode unchecked-hash "$site"

FROM ${PYTHON_IMAGE}
LABEL org.opencontainers.image.title="convex-ssot-action" \
      org.opencontainers.image.description="Says what a pull request changes in a Convex schema and API" \
      org.opencontainers.image.licenses="MIT"
# git reads other commits. The workspace belongs to the runner's user and the container is root's,
# which git refuses unless it is told otherwise. Its version is the release's that the base pins.
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install --yes --no-install-recommends git \
 && rm -rf /var/lib/apt/lists/* \
 && git config --system --add safe.directory '*'
# The slim images ship no compiled files, and a container would compile anew at every start.
RUN python -m compileall -q --invalidation-mode unchecked-hash \
      -x '/(test|tests|idlelib|lib2to3|tkinter|site-packages)/' \
      "$(python -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')"
COPY --from=build /opt/convex-ssot /opt/convex-ssot
# Isolated (-I): the working directory is the pull request's, and no module is ever taken from it.
ENTRYPOINT ["/opt/convex-ssot/bin/python", "-I", "-m", "ssot_action"]
CMD ["run"]
