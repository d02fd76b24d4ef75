using System.Text.Encodings.Web;
using System.Text.Json;
using Splitrail.Datasets;
using Splitrail.Features;
using Splitrail.Models;
using Splitrail.Retrieval;
using Splitrail.Trainer.Ranker.Contexts;
using Splitrail.Trainer.Terminal;

namespace Splitrail.Trainer.Batch;

/// <summary>
/// A list for every known user at the end of a dataset, for mails and other places where nobody waits. It is the candidates' own order, as fallback level 1 serves it: no ranker, no rules, no
/// arm, and no exposure is counted. Hidden items and those out of stock in the dataset are left out, and what was bought within 30 days.
/// </summary>
internal sealed class BatchLists(IWorkLog log)
{
    private const int ExcludeBoughtDays = 30;
    private const int Together = 512;
    private static readonly JsonWriterOptions s_compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One JSON object a line: <c>{"user_id":…,"model_version":…,"items":[{"item_id":…,"score":…}]}</c>, in the order of the users' first events.</summary>
    /// <param name="dataset">Whose users, and what is known of them.</param>
    /// <param name="bundle">Makes the candidates.</param>
    /// <param name="count">Items in a list.</param>
    /// <param name="path">Written under another name and renamed.</param>
    /// <returns>How many lists.</returns>
    public int Write(DatasetFolder dataset, ModelBundle bundle, int count, string path)
    {
        Shopper[] users = [.. ShopLog.Of(dataset.ReadEvents()).Shoppers.Where(static shopper => !shopper.IsGuest)];
        var generator = new CandidateGenerator(bundle.Retrieval);
        var offered = Offered(dataset, bundle.Items);
        var nowMs = dataset.Manifest.LastEventMs + 1;
        using var step = log.Step($"lists of {count} for {users.Length:N0} users by model {bundle.Manifest.Version}");
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var temporary = $"{path}.{Guid.NewGuid():N}";
        using (var file = File.Create(temporary))
        {
            for (var from = 0; from < users.Length; from += Together)
            {
                var lines = new byte[Math.Min(Together, users.Length - from)][];
                Parallel.For(0, lines.Length, i => lines[i] = Line(users[from + i], generator, bundle.Manifest.Version, offered, nowMs, count));
                foreach (var line in lines)
                    file.Write(line);
                step.Report((double)(from + lines.Length) / users.Length);
            }
        }

        File.Move(temporary, path, overwrite: true);
        return users.Length;
    }

    private static ItemBitmap Offered(DatasetFolder dataset, ItemIndex items)
    {
        var offered = ItemBitmap.All(items.Count);
        foreach (var item in dataset.ReadItems())
        {
            if ((item.Hidden || item.Stock == 0) && items.Find(item.ItemId) is >= 0 and var position)
                offered[position] = false;
        }

        return offered;
    }

    private static byte[] Line(Shopper user, CandidateGenerator generator, string version, ItemBitmap offered, long nowMs, int count)
    {
        var context = new UserContextBuilder();
        foreach (var row in user.Events)
            context.Add(row);
        var query = RetrievalQuery.Create(generator.Model, context.Build(), [], nowMs, ExcludeBoughtDays, offered);
        var candidates = generator.Generate(query, Mixes.Table.Get(Mixes.Default), count);
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, s_compact))
        {
            json.WriteStartObject();
            json.WriteString("user_id", user.Id);
            json.WriteString("model_version", version);
            json.WriteStartArray("items");
            for (var i = 0; i < candidates.Count; i++)
            {
                json.WriteStartObject();
                json.WriteString("item_id", generator.Model.Items[candidates.Items[i]]);
                json.WriteNumber("score", MathF.Round(candidates.Scores[i], 4));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }
}
