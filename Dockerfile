# SmartReco in one image: wheels are fetched in the first stage, the last holds no build tools.
# Runs as user 10001 on a read-only root: what changes lies in /data, what is passing in /tmp.
ARG PYTHON=3.11.14-slim-bookworm

FROM python:${PYTHON} AS packages
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /build
COPY requirements.txt requirements.lock ./
# --only-binary: nothing is compiled, so no compiler is needed in either stage
RUN python -m venv /opt/venv \
 && /opt/venv/bin/pip install --only-binary=:all: --require-hashes -r requirements.lock \
 && /opt/venv/bin/pip check \
 && /opt/venv/bin/python -m pip uninstall --yes pip setuptools

FROM python:${PYTHON} AS smartreco
LABEL org.opencontainers.image.title="SmartReco" \
      org.opencontainers.image.description="Recommendations, demand forecasts and stock advice for B2B distribution" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="0.1.0"
# the image's own pip is a build tool too
RUN python -m pip uninstall --yes pip setuptools wheel \
 && groupadd --gid 10001 smartreco \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin smartreco \
 && install --directory --owner=10001 --group=10001 --mode=0750 /data
COPY --from=packages /opt/venv /opt/venv
WORKDIR /app
COPY app.py LICENSE ./
COPY .streamlit/ .streamlit/
COPY assets/ assets/
COPY data/iowa/ data/iowa/
COPY deploy/healthy.py deploy/healthy.py
COPY pages/ pages/
COPY smartreco/ smartreco/
RUN /opt/venv/bin/python -m compileall -q app.py pages smartreco
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp \
    SMARTRECO_DB=/data/smartreco.duckdb \
    SMARTRECO_LOG_FORMAT=json \
    STREAMLIT_SERVER_ADDRESS=0.0.0.0 \
    STREAMLIT_SERVER_PORT=8501
USER 10001:10001
VOLUME ["/data"]
EXPOSE 8501
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 CMD ["python", "deploy/healthy.py"]
CMD ["python", "-m", "streamlit", "run", "app.py"]
