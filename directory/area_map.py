"""The areas as a map, drawn by hand for this portal: the twelve cantons of Luxembourg and the five regions around them,
simplified to straight edges. Neighbours share their corners, so that no gap opens between them. One unit is some 300 m;
what lies across the border is cut off at the frame."""

from directory.enums import Area
from search.drawings import Drawing, Shape

AREA_MAP = Drawing(
    box=(-40, -36, 260, 352),
    caption_at=(90, 310),
    border=(
        (66, 6), (92, 6), (104, 34), (98, 62), (122, 78), (128, 102), (142, 114), (160, 122), (178, 140), (172, 156),
        (170, 178), (152, 206), (144, 228), (132, 248), (114, 250), (84, 252), (58, 242), (30, 228), (30, 212),
        (46, 206), (32, 186), (34, 164), (18, 140), (10, 106), (8, 78), (26, 56), (44, 40),
    ),
    shapes=(
        Shape(
            value=Area.WALLONIE.value,
            points=(
                (-40, -36), (52, -36), (66, 6), (44, 40), (26, 56), (8, 78), (10, 106), (18, 140), (34, 164), (32, 186),
                (46, 206), (30, 212), (30, 228), (0, 238), (-40, 230),
            ),
            at=(-4, 26),
            is_named=True,
        ),
        Shape(
            value=Area.OSTBELGIEN.value,
            points=((52, -36), (152, -36), (146, 6), (104, 34), (92, 6), (66, 6)),
            at=(104, -6),
            is_named=True,
        ),
        Shape(
            value=Area.CLERVAUX.value,
            points=((66, 6), (92, 6), (104, 34), (98, 62), (78, 64), (44, 40)),
            at=(80, 37),
        ),
        Shape(
            value=Area.WILTZ.value,
            points=((44, 40), (78, 64), (72, 92), (62, 108), (10, 106), (8, 78), (26, 56)),
            at=(42, 82),
        ),
        Shape(
            value=Area.VIANDEN.value,
            points=((98, 62), (122, 78), (128, 102), (104, 106), (90, 84)),
            at=(108, 87),
        ),
        Shape(
            value=Area.DIEKIRCH.value,
            points=(
                (78, 64), (98, 62), (90, 84), (104, 106), (128, 102), (142, 114), (128, 128), (116, 131), (96, 134),
                (68, 128), (62, 108), (72, 92),
            ),
            at=(89, 116),
        ),
        Shape(
            value=Area.RHEINLAND_PFALZ.value,
            points=(
                (104, 34), (146, 6), (152, -36), (220, -36), (220, 230), (180, 222), (144, 228), (152, 206), (170, 178),
                (172, 156), (178, 140), (160, 122), (142, 114), (128, 102), (122, 78), (98, 62),
            ),
            at=(170, 62),
            is_named=True,
        ),
        Shape(
            value=Area.REDANGE.value,
            points=((10, 106), (62, 108), (68, 128), (66, 162), (34, 164), (18, 140)),
            at=(43, 136),
        ),
        Shape(
            value=Area.MERSCH.value,
            points=((68, 128), (96, 134), (116, 131), (120, 160), (104, 172), (76, 168), (66, 162)),
            at=(93, 152),
        ),
        Shape(
            value=Area.ECHTERNACH.value,
            points=((128, 128), (142, 114), (160, 122), (178, 140), (172, 156), (146, 164), (120, 160), (116, 131)),
            at=(146, 142),
        ),
        Shape(
            value=Area.CAPELLEN.value,
            points=((34, 164), (66, 162), (76, 168), (78, 204), (46, 206), (32, 186)),
            at=(56, 185),
        ),
        Shape(
            value=Area.LUXEMBOURG.value,
            points=(
                (76, 168), (104, 172), (120, 160), (132, 176), (128, 202), (116, 228), (94, 224), (78, 204),
            ),
            at=(104, 196),
        ),
        Shape(
            value=Area.GREVENMACHER.value,
            points=((120, 160), (146, 164), (172, 156), (170, 178), (152, 206), (128, 202), (132, 176)),
            at=(150, 184),
        ),
        Shape(
            value=Area.ESCH_SUR_ALZETTE.value,
            points=(
                (46, 206), (78, 204), (94, 224), (116, 228), (114, 250), (84, 252), (58, 242), (30, 228), (30, 212),
            ),
            at=(66, 225),
        ),
        Shape(
            value=Area.REMICH.value,
            points=((128, 202), (152, 206), (144, 228), (132, 248), (114, 250), (116, 228)),
            at=(131, 227),
        ),
        Shape(
            value=Area.SAARLAND.value,
            points=((132, 248), (144, 228), (180, 222), (220, 230), (220, 296), (176, 296), (150, 270)),
            at=(186, 266),
            is_named=True,
        ),
        Shape(
            value=Area.LORRAINE.value,
            points=(
                (-40, 230), (0, 238), (30, 228), (58, 242), (84, 252), (114, 250), (132, 248), (150, 270), (176, 296),
                (-40, 296),
            ),
            at=(50, 280),
            is_named=True,
        ),
    ),
)  # fmt: skip
