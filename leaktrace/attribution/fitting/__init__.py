"""Does the model fit this case, and how many innocents would have scored as high?"""
