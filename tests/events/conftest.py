from tests.worlds import built_tree, folder_transaction, tree

__all__ = ["built_tree", "folder_transaction", "tree"]
