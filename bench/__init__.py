"""How fast a payroll run is: bin/bench seeds carers, runs from proposal to files, and says where the time goes."""
