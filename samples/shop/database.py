"""The shop's database, spoken to by psql, so that nothing has to be installed for Python."""
import subprocess


def query(sql):
    """The rows of a statement as text, one each."""
    done = subprocess.run(["psql", "-qAtX", "-v", "ON_ERROR_STOP=1", "-c", sql], capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip())
    return done.stdout.splitlines()
