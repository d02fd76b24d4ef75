await Splitrail.Sql.MigrateCommand.RunOrServeAsync(static args => Splitrail.FeatureSvc.FeatureApp.Build(args), args);
