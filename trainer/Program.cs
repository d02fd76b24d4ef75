using System.CommandLine;
using Splitrail.Trainer.Commands;

var trainer = new RootCommand("Splitrail's offline part: data into datasets, datasets into models, models into the registry.")
{
    ImportCommand.Create(),
    DemoCommand.Create(),
    TrainCommand.Create(),
    PublishCommand.Create(),
    ModelsCommand.Create(),
    EmbedCommand.Create(),
};
trainer.HelpName = "trainer";
HelpWithExamples.AddTo(trainer);
return trainer.Parse(args).Invoke();
