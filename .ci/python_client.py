"""Runs the published Python client, unmodified but for its base URL, against a sandbox: URL and key as arguments."""

import io
import struct
import sys
import zlib

import rblxopencloud
from rblxopencloud import http

url, key = sys.argv[1:]
request = http.http_session.request
http.http_session.request = lambda method, target, **rest: request(
    method, target.replace("https://apis.roblox.com", url), **rest
)
Asset, Inventory = rblxopencloud.AssetType, rblxopencloud.InventoryAssetType
user = rblxopencloud.User(156, key)


def named(data, name):
    file = io.BytesIO(data)
    file.name = name
    return file


def picture():
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0\1\2\3")), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, data) for kind, data in parts)


def inventory(expected, **arguments):
    found = len(list(user.list_inventory(**arguments)))
    assert found == expected, (arguments, found)


user.fetch_info()
assert (user.username, user.created_at.year, user.premium) == ("builderman", 2006, True)
assert [member.group.id for member in user.list_groups()] == [7, 8, 9]
inventory(150)
inventory(130, limit=130)
inventory(110, assets=True)
inventory(20, only_collectibles=True)
inventory(130, assets=[Inventory.Hat, Inventory.DynamicHead], badges=True)
inventory(4, assets=[1028595], badges=[111111], game_passes=[777777], private_servers=[999999])

decal = user.upload_asset(named(picture(), 'décal "x".png'), Asset.Decal, "Name", "About").wait()
assert decal.type == Asset.Decal and decal.moderation_status.name == "Approved"
model = user.upload_asset(named(b"Kaydara FBX Binary  \0", "m.fbx"), Asset.Model, "Model", "").wait()
changed = user.update_asset(model.id, file=named(b"Kaydara FBX Binary  \0!", "m.fbx")).wait()
assert changed.revision_id == "2", changed.revision_id
rblxopencloud.Group(7, key).upload_asset(named(picture(), "a.png"), Asset.Decal, "n", "").wait()
inventory(152)

experience = rblxopencloud.Experience(13058, key)
points = experience.get_ordered_datastore("Points", scope="global")
assert [entry.value for entry in points.sort_keys(limit=2)] == [1200, 1190]
assert [entry.value for entry in points.sort_keys(descending=False, min=25, max=50)] == [30, 40, 50]
assert points.set_entry("new one", 5, exclusive_create=True) == 5
assert points.increment_entry("new one", -7) == points.get_entry("new one") == -2
points.remove_entry("new one")
points.remove_entry("new one")
board = experience.get_sorted_map("Board")
assert len(list(board.list_keys())) == 12
assert [entry.key for entry in board.list_keys(lower_bound_sort_key=100)] == ["team_11", "team_12"]
assert board.set_key("k", {"a": [1]}, 60, sort_key="text").sort_key == "text"
assert board.get_key("k").value == {"a": [1]}
board.remove_key("k")
jobs = experience.get_memory_store_queue("Jobs")
jobs.add_item("first", expiration_seconds=60, priority=5)
jobs.remove_items(jobs.read_items(count=2)[1])
assert (len(jobs.read_items(count=10)[0]), jobs.read_items()) == (2, ([], None))
exists = [
    lambda: points.set_entry("player_1", 5, exclusive_create=True),
    lambda: board.set_key("team_1", 5, 60, exclusive_create=True),
    lambda: board.set_key("nobody", 5, 60, exclusive_update=True),
]
for call in exists:
    try:
        call()
    except rblxopencloud.PreconditionFailed:
        continue
    raise AssertionError("PreconditionFailed was expected")
assert experience.flush_memory_store().wait() is True
assert list(board.list_keys()) == []
products = list(experience.list_developer_products())
assert [p.name for p in products] == ["100 Coins", "500 Coins", "Starter Pack"], products
assert products[0].price_in_robux == 10 and products[2].price_in_robux is None
one = experience.create_developer_product("Gems", "Shiny", 50, regional_pricing_enabled=True, icon_file=named(picture(), "a.png"))
assert (one.name, one.price_in_robux, one.is_for_sale, one.regional_pricing_enabled) == ("Gems", 50, True, True), vars(one)
assert one.icon_asset_id
experience.update_developer_product(one.id, name="Jewels", price_in_robux=40, icon_file=named(picture(), "a.png"))
again = experience.fetch_developer_product(one.id)
assert (again.name, again.price_in_robux) == ("Jewels", 40) and again.icon_asset_id != one.icon_asset_id
experience.update_developer_product(one.id, price_in_robux=False)
assert not experience.fetch_developer_product(one.id).is_for_sale
draft = experience.create_developer_product("Draft")
assert not draft.is_for_sale and draft.price_in_robux is None
try:
    experience.create_developer_product("Jewels")
except rblxopencloud.HttpException as error:
    assert error.status_code == 400, error.status_code
else:
    raise AssertionError

passes = list(experience.list_game_passes(limit=1))
assert len(passes) == 1 and passes[0].name == "VIP"
p = experience.create_game_pass("Pets", "d", 30, icon_file=named(picture(), "a.png"))
assert (p.name, p.price_in_robux) == ("Pets", 30)
experience.update_game_pass(p.id, name="Pets 2", icon_file=named(picture(), "a.png"))
q = experience.fetch_game_pass(p.id)
assert q.name == "Pets 2" and q.icon_asset_id != p.icon_asset_id

s = experience.fetch_subscription("EXP-1", 156)
assert s.active and s.will_renew and s.user_id == 156, vars(s)
s = experience.fetch_subscription("EXP-1", 2)
assert not s.active and s.state.name == "Expired" and s.expiration_reason.name == "Cancelled", vars(s)

assert [s.id for s in experience.list_secrets()] == ["api_key", "signing_key"]
c = experience.create_secret("hook", "the text é", domain="*.example.com")
assert (c.id, c.domain) == ("hook", "*.example.com")
experience.update_secret("hook", b"other")
try:
    experience.create_secret("hook", "x")
except rblxopencloud.HttpException as error:
    assert error.status_code == 409, error.status_code
else:
    raise AssertionError
for n in range(25):
    experience.create_secret(f"many_{n}", "x")
assert len(list(experience.list_secrets())) == 28
experience.delete_secret("hook")
assert len(list(experience.list_secrets())) == 27

for expected, call in [
    (403, lambda: list(rblxopencloud.User(2, key).list_inventory())),
    (404, lambda: rblxopencloud.User(1, key).fetch_info()),
    (401, lambda: rblxopencloud.User(156, "wrong").fetch_info()),
]:
    try:
        call()
    except rblxopencloud.HttpException as error:
        assert error.status_code == expected, error.status_code
    else:
        raise AssertionError(f"{expected} was expected")
print("the Python client works against the sandbox")
