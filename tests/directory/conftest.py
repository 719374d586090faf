from tests.worlds import built_tree, engine, folder_transaction, tree

__all__ = ["built_tree", "engine", "folder_transaction", "tree"]
