using System.CommandLine;
using Splitrail.Models;
using Splitrail.Retrieval.Embeddings;
using Splitrail.Retrieval.Vectors;
using Splitrail.Trainer.Registry;
using Splitrail.Trainer.Terminal;

namespace Splitrail.Trainer.Commands;

/// <summary><c>trainer embed</c>: items' vectors that another program made into an index that candidate-svc maps.</summary>
internal static class EmbedCommand
{
    public static TrainerCommand Create()
    {
        var vectors = new Option<string>("--vectors")
        {
            Description = "JSON lines {\"item_id\": \"…\", \"vector\": […]}, or a .npy matrix with the ids beside it.", Required = true, HelpName = "FILE",
        };
        var ids = new Option<string?>("--ids") { Description = "Ids of a .npy, one a line; the same name with .ids when left out.", HelpName = "FILE" };
        var target = new Option<string?>("--out") { Description = "Index file to write, ending in .vectors; one that is there is replaced.", HelpName = "FILE" };
        var version = new Option<string?>("--version") { Description = "Instead of --out: writes a model version of type embedding, to be published and activated like any other.", HelpName = "NAME" };
        var models = new Option<string?>("--models") { Description = "Folder of model versions, for --version.", HelpName = "DIR" };
        var kind = new Option<string>("--index") { Description = "auto chooses by how many there are.", HelpName = "KIND", DefaultValueFactory = static _ => VectorIndexes.Auto };
        kind.AcceptOnlyFromAmong([.. VectorIndexes.Kinds]);
        var recall = new Option<double>("--recall") { Description = "Of an index of lists: share of the true neighbours it has to find.", HelpName = "N", DefaultValueFactory = static _ => new IvfOptions().Recall };
        var command = new TrainerCommand(
            "embed",
            "Turns embeddings made elsewhere into an index of items that are alike.",
            "trainer embed --vectors phobert.npy --ids phobert.ids --out .state/items.vectors",
            "trainer embed --vectors clip.jsonl --out .state/items.vectors --index ivf --recall 0.98",
            "trainer embed --vectors clip.jsonl --version clip-2 --models .state/demo/models")
        {
            vectors, ids, target, version, models, kind, recall,
        };
        command.Does(parsed => Run(
            parsed, parsed.GetRequiredValue(vectors), parsed.GetValue(ids), EmbeddingTarget.Of(parsed.GetValue(target), parsed.GetValue(models), parsed.GetValue(version)),
            new VectorIndexOptions(parsed.GetValue(kind)!) { Lists = new IvfOptions(Recall: parsed.GetValue(recall)) }));
        return command;
    }

    private static int Run(ParseResult parsed, string vectors, string? ids, EmbeddingTarget target, VectorIndexOptions options)
    {
        if (options.Lists.Recall is not (> 0 and <= 1))
            throw new InputException($"--recall is {options.Lists.Recall}: give a number above 0 and up to 1.");
        try
        {
            var set = EmbeddingImport.Read(vectors, ids);
            var embeddings = WorkLogs.Run(log => Build(set, options, log));
            var written = target.Write(embeddings, vectors, TimeProvider.System);
            parsed.InvocationConfiguration.Output.WriteLine($"{written}: {embeddings.Items.Count:N0} items x {set.Rows.Width}, {Describe(embeddings.Index)}");
            if (set.WithoutDirection is { Count: > 0 } left)
                parsed.InvocationConfiguration.Error.WriteLine($"left out {left.Count:N0} items whose vectors are all zeros, '{left[0]}' first");
            return 0;
        }
        catch (Exception fault) when (fault is EmbeddingException or ModelException)
        {
            throw new InputException(fault.Message, fault);
        }
    }

    private static EmbeddingIndex Build(EmbeddingSet set, VectorIndexOptions options, IWorkLog log)
    {
        using var step = log.Step($"indexing {set.Items.Count:N0} vectors");
        return EmbeddingFile.Build(set, options);
    }

    private static string Describe(IVectorIndex index) => index is IvfVectorIndex lists ? $"{lists.Probes} of {lists.Lists} lists a search" : "exact";
}
