using System.CommandLine;
using Splitrail.Trainer.DemoShop;
using Splitrail.Trainer.Terminal;

namespace Splitrail.Trainer.Commands;

/// <summary><c>trainer demo</c>: a made-up shop into a dataset folder.</summary>
internal static class DemoCommand
{
    public static TrainerCommand Create()
    {
        var defaults = new DemoShopOptions();
        var folder = new Option<string>("--out") { Description = "Dataset folder to write; one that is there is replaced.", Required = true, HelpName = "DIR" };
        var seed = Number("--seed", "Another seed, another shop.", (long)defaults.Seed);
        var users = Number("--users", "Known users.", defaults.Users);
        var guests = Number("--guests", "Sessions of guests.", defaults.Guests);
        var items = Number("--items", "Items in the catalogue.", defaults.Items);
        var days = Number("--days", "Days of history.", defaults.Days);
        var noShift = new Option<bool>("--no-shift")
        {
            Description = "Leave the history at its fixed dates, for equal fingerprints on any day; else it ends less than a day ago.",
        };
        var command = new TrainerCommand(
            "demo",
            "Makes a demo shop from a seed: catalogue, users, guests and what they did.",
            "trainer demo --out .state/dataset",
            "trainer demo --out small --seed 7 --users 500 --guests 4000 --items 400 --days 30 --no-shift")
        {
            folder, seed, users, guests, items, days, noShift,
        };
        command.Does(parsed => Run(
            parsed,
            new DemoShopOptions((ulong)parsed.GetValue(seed), parsed.GetValue(users), parsed.GetValue(guests), parsed.GetValue(items), parsed.GetValue(days)),
            parsed.GetRequiredValue(folder),
            !parsed.GetValue(noShift)));
        return command;
    }

    private static int Run(ParseResult parsed, DemoShopOptions options, string folder, bool shiftToNow)
    {
        var generator = new DemoShopGenerator(options);
        var manifest = WorkLogs.Run(log => new DatasetOutput(TimeProvider.System, log).Write(generator.Generate(log), folder, shiftToNow));
        DatasetSummary.Print(manifest, parsed.InvocationConfiguration.Output);
        return 0;
    }

    private static Option<T> Number<T>(string name, string description, T value) =>
        new(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => value };
}
