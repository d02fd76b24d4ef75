await Splitrail.RankingSvc.RankingApp.Build(args).RunAsync();
