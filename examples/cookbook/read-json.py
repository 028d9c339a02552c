import json
import pandas

with open("lo.json", encoding="utf-8") as file:
    links = pandas.json_normalize(json.load(file))
print(links[["netns", "ifname", "stats64.rx.packets", "stats64.rx.bytes"]].to_string(index=False))
