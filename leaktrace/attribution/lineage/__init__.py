"""Which earlier list a batch was cut from: pairs that share people, weighed against chance."""
