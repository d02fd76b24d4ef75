using System.CommandLine;
using System.CommandLine.Parsing;
using Splitrail.Trainer.Import;
using Splitrail.Trainer.Terminal;

namespace Splitrail.Trainer.Commands;

/// <summary><c>trainer import</c>: real data into a dataset folder.</summary>
internal static class ImportCommand
{
    public static TrainerCommand Create()
    {
        var data = new Option<string>("--data") { Description = "File or folder to read, plain or gzip.", Required = true, HelpName = "PATH" };
        var format = new Option<string>("--format") { Description = $"One of {string.Join(", ", ImportFormats.Names)}.", Required = true, HelpName = "FORMAT" };
        var folder = new Option<string>("--out") { Description = "Dataset folder to write; one that is there is replaced.", Required = true, HelpName = "DIR" };
        var map = new Option<string[]>("--map")
        {
            Description = "For csv: FIELD=COLUMN, several by comma or by repeating. Fields: " + string.Join(", ", Import.Formats.MappedColumns.Fields) + ".",
            HelpName = "FIELD=COLUMN",
            AllowMultipleArgumentsPerToken = true,
        };
        var shift = new Option<bool>("--shift-to-now")
        {
            Description = "Move all times by whole days, so that the last event is less than a day old (the default).",
        };
        var noShift = new Option<bool>("--no-shift") { Description = "Keep the times of the source." };
        var command = new TrainerCommand(
            "import",
            "Turns a shop's log of what people bought, viewed or rated into a dataset.",
            "trainer import --data online-retail.csv.gz --format online-retail --out .state/dataset",
            "trainer import --data ml-latest-small/ --format movielens --out .state/dataset --no-shift",
            "trainer import --data orders.csv --format csv --map user=UID,item=SKU,time=When,price=Paid,title=Name --out .state/dataset")
        {
            data, format, folder, map, shift, noShift,
        };
        command.Validators.Add(result => RefuseBoth(result, shift, noShift));
        command.Does(parsed => Run(parsed, new ImportRequest(
            parsed.GetRequiredValue(data),
            parsed.GetRequiredValue(format),
            parsed.GetRequiredValue(folder),
            ColumnMap.Parse(parsed.GetValue(map) ?? []),
            !parsed.GetValue(noShift))));
        return command;
    }

    private static int Run(ParseResult parsed, ImportRequest request)
    {
        var result = WorkLogs.Run(log => new Importer(TimeProvider.System, log).Import(request));
        result.Print(parsed.InvocationConfiguration.Output);
        return 0;
    }

    private static void RefuseBoth(CommandResult result, Option<bool> shift, Option<bool> noShift)
    {
        if (result.GetValue(shift) && result.GetValue(noShift)) result.AddError("--shift-to-now and --no-shift exclude each other");
    }
}
