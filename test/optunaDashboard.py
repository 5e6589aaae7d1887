"""What optuna-dashboard answers about a journal: `python optunaDashboard.py FILE PATH…` prints the JSON of each path."""

import io
import json
import sys

import optuna
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend
from optuna_dashboard import wsgi

optuna.logging.set_verbosity(optuna.logging.ERROR)
file, *paths = sys.argv[1:]
app = wsgi(JournalStorage(JournalFileBackend(file)))


def get(path):
    status = []
    environment = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
    }
    body = b"".join(app(environment, lambda line, headers, *_: status.append(line)))
    return {"status": status[0], "body": json.loads(body)}


print(json.dumps([get(path) for path in paths]))
