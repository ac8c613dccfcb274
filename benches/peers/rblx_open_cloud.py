"""The Python client, its session pointed at the local server by a transport adapter of requests."""
import sys

import requests
import rblxopencloud

url, what, number = sys.argv[1:4]
assert what == "list"


class Local(requests.adapters.HTTPAdapter):
    def send(self, request, **settings):
        request.url = request.url.replace("https://apis.roblox.com", url)
        return super().send(request, **settings)


rblxopencloud.http_session.mount("https://apis.roblox.com/", Local())
user = rblxopencloud.User(int(number), "key")
print(sum(1 for _ in user.list_inventory()))
with open("/proc/self/status") as status:
    print(next(line for line in status if line.startswith("VmHWM:")).split()[1])
