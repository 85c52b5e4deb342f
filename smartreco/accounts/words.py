"""128 short words that are easy to read out and to type: seven bits each."""

from __future__ import annotations

_TEXT = """
acorn amber anchor apple april arrow aspen autumn bamboo banjo barley basil beacon berry
birch bison blossom border bottle branch breeze bridge bronze brook butter button cabin
cactus candle canyon carrot castle cedar cherry citrus clover cobalt cocoa comet copper
coral cotton cricket crystal daisy dolphin dragon ember falcon feather fern forest fossil
garden ginger glacier granite guitar hamlet harbor harvest hazel helmet hollow honey indigo
island ivory jasmine jungle juniper kettle kitten lagoon lantern lemon lentil linen lotus
magnet maple marble meadow melon mint monsoon mosaic nectar nickel nutmeg oasis ocean olive
onyx orange orchid otter paddle paper pebble pepper pigeon pillow planet plum pocket poppy
prairie quartz rabbit raven ribbon river rocket saffron sailor salmon sandal silver sparrow
spruce summer sunset tiger timber tulip valley velvet
"""

WORDS = tuple(_TEXT.split())
