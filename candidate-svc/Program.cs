await Splitrail.CandidateSvc.CandidateApp.Build(args).RunAsync();
