await Splitrail.FeatureSvc.FeatureApp.Build(args).RunAsync();
