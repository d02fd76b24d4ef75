using Splitrail.RankingSvc;
using Splitrail.RankingSvc.Checks;

if (args is [VerifyModelCommand.Name, .. var model])
    return VerifyModelCommand.Run(model);
await RankingApp.Build(args).RunAsync();
return 0;
