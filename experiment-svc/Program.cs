await Splitrail.ExperimentSvc.ExperimentApp.Build(args).RunAsync();
