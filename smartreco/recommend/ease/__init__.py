"""EASE: how much each product says about each other one, in closed form.

Steck 2019 (https://arxiv.org/abs/1905.03375): the products x products weights
``B`` with a zero diagonal that best rebuild the purchases ``X`` from themselves,
``min |X - XB|² + λ|B|²``, are ``B = I - P / diag(P)`` with ``P = (XᵀX + λI)⁻¹``.
Attributes ``F`` (products x attributes) join as pseudo-shops that ordered all
products carrying them: ``P = (XᵀX + a²FFᵀ + λI)⁻¹``.

One B, three forms: on the side of the products, on the side of the shops (both
exact), and of low rank for where both sides are large. `choosing` says which.
"""

from smartreco.recommend.ease.choosing import Ease, fit_ease, form_for, shops_are_cheaper
from smartreco.recommend.ease.lowrank import LowRankEase
from smartreco.recommend.ease.product import ProductEase
from smartreco.recommend.ease.shop import ShopEase
from smartreco.recommend.ease.solving import filled

__all__ = [
    "Ease",
    "LowRankEase",
    "ProductEase",
    "ShopEase",
    "filled",
    "fit_ease",
    "form_for",
    "shops_are_cheaper",
]
