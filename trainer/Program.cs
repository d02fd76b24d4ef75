using System.CommandLine;
using Splitrail.Trainer.Commands;
using Splitrail.Trainer.Terminal;

var trainer = new RootCommand("Splitrail's offline part: data into datasets, datasets into models, models into the registry.")
{
    ImportCommand.Create(),
    DemoCommand.Create(),
    TuneCommand.Create(),
    TrainCommand.Create(),
    TrainRankerCommand.Create(),
    BatchCommand.Create(),
    PublishCommand.Create(),
    ModelsCommand.Create(),
    EmbedCommand.Create(),
};
trainer.HelpName = "trainer";
HelpWithExamples.AddTo(trainer);
var code = trainer.Parse(args).Invoke();
if (EndedSidecar.Of(Environment.GetEnvironmentVariable) is { } sidecar && await EndedSidecar.EndAsync(sidecar, Environment.GetEnvironmentVariable("DAPR_API_TOKEN")) is { } fault)
{
    // The work is done; a Job that stays because of its sidecar has to say why.
    await Console.Error.WriteLineAsync(fault);
    return code == 0 ? 1 : code;
}

return code;
