"""Products, vendors and shops: one spelling, what is missing derived and said."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from smartreco.dataset.cleaning.heads import categories_from_names
from smartreco.dataset.cleaning.spelling import spellings
from smartreco.dataset.cleaning.texts import broken, mend, readable
from smartreco.language import Language
from tests.dataset.frames import COLUMNS, cleaned, good, orders, reasons


def products(**columns: object) -> pd.DataFrame:
    n = len(next(iter(columns.values())))  # type: ignore[arg-type]
    frame = pd.DataFrame(
        {"product_id": [f"p{at}" for at in range(n)], "name": [f"Thing {at}" for at in range(n)]}
    )
    return frame.assign(category="Food").assign(**columns)


def said(result: object) -> str:
    return "\n".join(result.report.text(Language("en")))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("capitals", "shown"),
    [
        ("STRAIGHT BOURBON WHISKIES", "Straight Bourbon Whiskies"),
        ("100% AGAVE TEQUILA", "100% Agave Tequila"),
        ("TEMPORARY & SPECIALTY PACKAGES", "Temporary & Specialty Packages"),
        ("CASEY'S GENERAL STORE #2694 / PELLA", "Casey's General Store #2694 / Pella"),
        (
            "SMOKIN' JOE'S #2 TOBACCO AND LIQUOR OUTLET",
            "Smokin' Joe's #2 Tobacco and Liquor Outlet",
        ),
        ("HY-VEE FAST AND FRESH #4 / WDM", "Hy-Vee Fast and Fresh #4 / WDM"),
        ("SUPER TARGET T-0533 / DAVENPORT", "Super Target T-0533 / Davenport"),
        ("KUM & GO #208 / SE 14TH DM", "Kum & Go #208 / SE 14th DM"),
        ("MRS. B'S LIQUOR", "Mrs. B's Liquor"),
        ("E & J GALLO WINERY", "E & J Gallo Winery"),
        ("MCCORMICK DISTILLING CO.", "McCormick Distilling Co."),
        ("GRAND MARNIER W/2 SHOT GLASSES", "Grand Marnier w/2 Shot Glasses"),
        ("PARK STREET IMPORTS LLC", "Park Street Imports LLC"),
        ("O'BRIEN'S PUB", "O'Brien's Pub"),
        ("WHITE HANGING HEART T-LIGHT HOLDER", "White Hanging Heart T-Light Holder"),
    ],
)
def test_capitals_become_title_case_with_care(capitals: str, shown: str) -> None:
    assert readable(capitals) == shown
    assert readable(shown) == shown


def test_a_text_in_both_cases_is_left_alone() -> None:
    for text in ("iPhone case", "KitKat 4F", "Café au lait"):
        assert readable(text) == text


@pytest.mark.parametrize(
    ("came", "meant"),
    [
        ("CafÃ©", "Café"), ("CrÃ¨me brÃ»lÃ©e", "Crème brûlée"), ("Donâ€™t", "Don’t"),
        ("CafÃƒÂ©", "Café"), ("  two   spaces ", "two spaces"), ("zero\u200bwidth", "zerowidth"),
        ("à¤¦à¤¾à¤²", "दाल"), ("SÃO PAULO", "SÃO PAULO"), ("£10 & 20°C", "£10 & 20°C"),
    ],
)  # fmt: skip
def test_broken_letters_are_mended(came: str, meant: str) -> None:
    assert mend(came) == meant
    assert mend(meant) == meant
    assert not broken(meant)


def test_spellings_of_one_category_become_one() -> None:
    came = ["Electronics"] * 9 + ["ELECTRONICS", " electronics ", "Electroncis", "Electronic Goods"]
    chosen = spellings(pd.Series([*came, *["Home & Kitchen"] * 4, "Home and Kitchen"]))
    assert set(chosen.name.values()) == {"Electronics", "Home & Kitchen"}
    assert chosen.synonym == {"Electronic Goods"}
    assert chosen.misspelled == {"ELECTRONICS", " electronics ", "Electroncis", "Home and Kitchen"}


@pytest.mark.parametrize(
    ("odd", "usual"),
    [
        ("Womens Shoes", "Mens Shoes"), ("White Rum", "White Gum"), ("Class A", "Class B"),
        ("Type 1", "Type 2"), ("American Vodkas", "Imported Vodkas"), ("Tea", "Pea"),
    ],
)  # fmt: skip
def test_names_that_are_merely_alike_stay_apart(odd: str, usual: str) -> None:
    assert len(set(spellings(pd.Series([usual] * 50 + [odd])).name.values())) == 2


def test_a_word_that_products_carry_is_no_misspelling() -> None:
    came = pd.Series(["Shirts"] * 50 + ["Skirts"])
    assert set(spellings(came).name.values()) == {"Shirts"}
    assert set(spellings(came, {"skirt", "skirts"}).name.values()) == {"Shirts", "Skirts"}


def test_a_frequent_name_is_no_misspelling() -> None:
    came = pd.Series(["Shirts"] * 50 + ["Skirts"] * 3)
    assert len(set(spellings(came).name.values())) == 2


def test_categories_are_read_off_the_words_that_end_names() -> None:
    things = ["Lunch Bag", "Candle", "Mug", "Clock"]
    colours = ["Red", "Blue", "Spotted", "Striped", "Vintage", "Round", "Kids", "Garden"]
    names = pd.Series([f"{colour} {thing}" for thing in things for colour in colours] + ["Yo-yo"])
    categories = categories_from_names(names)
    assert set(categories) == {"Bags", "Candles", "Mugs", "Clocks", "Other"}
    assert categories.iloc[-1] == "Other"


def test_names_that_share_nothing_give_no_categories() -> None:
    assert set(categories_from_names(pd.Series(["Alpha", "Beta", None]))) == {"Uncategorised"}


def test_product_rows_are_judged_and_mended() -> None:
    frame = products(
        category=["Food"] * 7 + ["food", "Fodo", None], case_size=[12, 0, 2.5, "6", None, *[1] * 5],
        list_price=[10, -1, "₹ 12", "?", None, *[3] * 5], name=["Rice", None, "CafÃ©", *"abcdefg"],
    )  # fmt: skip
    frame = pd.concat([frame, frame.tail(1), products(category=["Fruit"])], ignore_index=True)
    frame.loc[len(frame)] = [None, "Nobody", "Food", 1, 1]
    result = cleaned(good(), products=frame)
    assert reasons(result, "products") == {
        1: "superseded_row", 2: "dropped_value", 3: "repaired_text", 8: "category_spelling",
        9: "category_spelling", 10: "missing_category", 11: "duplicate", 13: "missing_id",
    }  # fmt: skip
    clean = result.data.products.set_index("product_id")
    assert clean.loc["p1", ["name", "case_size"]].tolist() == ["p1", 1]
    assert clean.loc["p2", ["name", "case_size", "list_price"]].tolist() == ["Café", 1, 12.0]
    assert clean.loc["p0", "category"] == "Fruit"
    assert clean.loc["p9", "category"] == "Uncategorised"


def test_unknown_products_and_shops_of_orders_are_added_and_said() -> None:
    shops = pd.DataFrame({"retailer_id": ["shop-0"], "name": ["Zero"], "city": ["Pune"]})
    result = cleaned(good(6), products=products(category=["Food"]), retailers=shops)
    derived = result.data.products.set_index("product_id")["derived"]
    assert derived.to_dict() == {"p0": False, "p1": True, "p2": True}
    assert result.data.retailers["derived"].tolist() == [False, True]
    assert "2 ordered products are not in the file of products; added." in said(result)
    assert "1 shop that orders is not in the file of retailers; added." in said(result)


def test_attributes_are_taken_from_orders_where_no_file_has_them() -> None:
    frame = orders(
        ("o1", "s1", "p1", "2026-05-01", 1, 2.0, "Rice", "Food", "Ganga", "Sharma", "Pune"),
        ("o2", "s1", "p1", "2026-05-02", 1, 2.0, "Rice", "Food", "Ganga", "Sharma", "Pune"),
        ("o3", "s1", "p1", "2026-05-03", 1, 2.0, "rice!", None, "Ganga", None, "Puna"),
        columns=[*COLUMNS, "product name", "category", "vendor", "customer name", "city"],
    )
    data = cleaned(frame).data
    assert data.products[["name", "category", "vendor_id"]].values.tolist() == [
        ["Rice", "Food", "ganga"]
    ]
    assert data.vendors[["vendor_id", "name"]].values.tolist() == [["ganga", "Ganga"]]
    assert data.retailers[["name", "city", "region"]].values.tolist() == [
        ["Sharma", "Pune", "Pune"]
    ]


def test_vendors_are_matched_by_name_or_id_and_spelled_once() -> None:
    vendors = pd.DataFrame({"vendor_id": ["V1"], "name": ["Ganga Foods"], "lead_time": [3]})
    frame = products(vendor=["GANGA FOODS", "v1", "Tata  Inc.", "Tata Inc", "Tata Inc", None])
    result = cleaned(good(), products=frame, vendors=vendors)
    data = result.data
    assert data.products["vendor_id"].fillna("").tolist() == ["V1", "V1", *["tata-inc"] * 3, ""]
    assert data.vendors["name"].tolist() == ["Ganga Foods", "Tata Inc"]
    assert reasons(result, "products") == {3: "vendor_spelling"}
    assert data.vendors["lead_time_days"].fillna(0).tolist() == [3, 0]


def test_products_of_one_name_are_told_apart_by_their_volume() -> None:
    frame = products(name=["Rum", "Rum", "Gin"], volume_ml=[750, 1750, 750])
    data = cleaned(good(), products=frame).data
    assert data.products["name"].tolist() == ["Rum, 750 ml", "Rum, 1750 ml", "Gin"]


def test_shops_without_region_get_a_grid_cell_named_after_its_city() -> None:
    shops = pd.DataFrame(
        {
            "retailer_id": [f"shop-{at}" for at in range(5)], "name": list("abcde"),
            "city": ["Pune", "Pune", "Satara", "Nagpur", "Nowhere"],
            "lat": [18.5, 18.6, 18.7, 21.1, np.nan], "lon": [73.8, 73.9, 73.95, 79.1, np.nan],
        }
    )  # fmt: skip
    shops.loc[1, ["lat", "lon"]] = np.nan  # takes the place of its city's other shops
    result = cleaned(good(), retailers=shops)
    regions = result.data.retailers.set_index("name")["region"].fillna("").to_dict()
    assert regions["a"] == regions["b"]
    assert (regions["d"], regions["e"]) == ("Nagpur", "")
    assert "1 shop stays without a region" in said(result)


def test_impossible_places_are_left_out() -> None:
    shops = pd.DataFrame(
        {"retailer_id": ["a", "b"], "name": ["A", "B"], "lat": [0, 95], "lon": [0, 10]}
    )
    result = cleaned(good(), retailers=shops)
    assert reasons(result, "retailers") == {1: "dropped_value", 2: "dropped_value"}
    assert result.data.retailers["lat"].isna().all()


def test_what_the_data_do_not_hold_is_said() -> None:
    words = said(cleaned(good()))
    for thing in ("vendors", "stock", "promotions", "segments", "credit limits", "costs"):
        assert f"The data hold no {thing}" in words.replace("customer ", "")


def test_stock_promotions_and_festivals_are_judged_row_by_row() -> None:
    stock = pd.DataFrame(
        [
            ("retailer", "shop-0", "p0", "2026-05-01", 5),
            ("vendor", "nobody", "p0", "2026-05-01", 5),
            ("retailer", "shop-0", "p77", "2026-05-01", 5), ("shelf", "shop-0", "p0", "soon", 5),
            ("retailer", "shop-0", "p0", "2026-05-01", 7), ("retailer", "shop-0", "p0", None, 7),
            ("retailer", "shop-0", "p1", "2026-05-01", -7),
        ], columns=["holder_kind", "holder_id", "product_id", "at", "on_hand"],
    )  # fmt: skip
    offers = pd.DataFrame(
        [
            ("p0", "2026-05-01", "2026-05-09", "20%"), ("p0", "2026-05-09", "2026-05-01", 0.2),
            ("p9", "2026-05-01", "2026-05-09", 0.2), ("p1", "2026-05-01", "2026-05-09", 15),
        ], columns=["product_id", "starts_on", "ends_on", "depth"],
    )  # fmt: skip
    days = pd.DataFrame({"festival": ["Diwali", "Diwali", None], "day": ["2026-11-08"] * 3})
    result = cleaned(good(), stock=stock, promotions=offers, calendar=days)
    assert reasons(result, "stock") == {
        1: "superseded_row", 2: "unknown_holder", 3: "unknown_product", 4: "missing_value",
        6: "missing_value", 7: "missing_value",
    }  # fmt: skip
    assert result.data.stock is not None
    assert result.data.stock["on_hand"].tolist() == [7]
    assert reasons(result, "promotions") == {2: "ends_before_it_starts", 3: "unknown_product"}
    assert result.data.promotions is not None
    assert result.data.promotions["depth"].tolist() == [0.2, 0.15]
    assert reasons(result, "calendar") == {2: "duplicate", 3: "missing_id"}
