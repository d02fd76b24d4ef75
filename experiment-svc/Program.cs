return await Splitrail.ExperimentSvc.ExperimentCommands.RunAsync(args);
