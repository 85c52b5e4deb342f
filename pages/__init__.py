"""What people see: one Streamlit script (`pages.entry`) and one module a page.

The script lies inside this folder on purpose. Were it beside it, Streamlit
would serve each file here as a page of its own, past the sign-in.
"""
