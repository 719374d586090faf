from django.db import migrations

# Taking the terms of a row apart is what costs; PostgreSQL's planner thinks that string_to_array() is as cheap as a
# comparison and rather reads every row than its index. Of a function of our own it can be told the price: high enough
# for the index, too low for compiling. Not PARALLEL SAFE: starting workers takes longer than all of a search.
FUNCTION = """
CREATE FUNCTION search_terms(terms text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT COST 100
AS 'BEGIN RETURN string_to_array(terms, '' ''); END'
"""


def index_by_own_function(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTION)
        schema_editor.execute("DROP INDEX search_entry_terms")
        schema_editor.execute("CREATE INDEX search_entry_terms ON search_searchentry USING gin (search_terms(terms))")


def index_as_before(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX search_entry_terms")
        schema_editor.execute("DROP FUNCTION search_terms(text)")
        schema_editor.execute(
            "CREATE INDEX search_entry_terms ON search_searchentry USING gin (string_to_array(terms, ' '))"
        )


class Migration(migrations.Migration):
    dependencies = [("search", "0004_steering")]

    operations = [migrations.RunPython(index_by_own_function, index_as_before)]
