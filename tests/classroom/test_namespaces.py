"""The wire between two hosts of our own loses, doubles, delays and alters packets; what goes over TCP stays whole."""

import subprocess
import sys
from pathlib import Path

import pytest

from tools.network.faults import Fault, Faults, PacketFault
from tools.network.namespaces import DESK, Hosts, why_not

SERVER = """
import http.server, sys
server = http.server.ThreadingHTTPServer((sys.argv[1], 0), http.server.SimpleHTTPRequestHandler)
print(server.server_port, flush=True)
server.serve_forever()
"""
GET = "import sys, urllib.request; sys.stdout.buffer.write(urllib.request.urlopen(sys.argv[1], timeout=30).read())"


@pytest.mark.skipif(why_not() is not None, reason=str(why_not()))
@pytest.mark.posix_only("network namespaces are Linux's")
def test_a_wire_with_faults_between_two_hosts(tmp_path: Path) -> None:
    """A file crosses it whole; every kind of fault happened on the way; nothing crosses a wire that is out."""
    (tmp_path / "file").write_bytes(bytes(range(256)) * 1500)
    chances: dict[Fault, float] = dict.fromkeys(PacketFault, 0.04)
    faults = Faults(1, chances)
    with Hosts(faults) as hosts:
        command = hosts.command_at("desk", [sys.executable, "-c", SERVER, DESK])
        quiet = subprocess.DEVNULL
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=quiet, text=True, cwd=tmp_path) as server:
            try:
                assert server.stdout is not None
                url = f"http://{DESK}:{int(server.stdout.readline())}/file"
                get = hosts.command_at("room", [sys.executable, "-c", GET, url])
                came = b""
                while not set(PacketFault) <= set(faults.counts):
                    came = subprocess.run(get, capture_output=True, check=True, timeout=60).stdout
                    assert came == (tmp_path / "file").read_bytes()
                assert came
                hosts.away()
                with pytest.raises(subprocess.TimeoutExpired):
                    subprocess.run(get, capture_output=True, check=False, timeout=1)
            finally:
                server.kill()
