using Splitrail.ExperimentSvc.Chains;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc.Api;

/// <summary>A log as JSON lines, oldest first, page by page: it may be longer than memory.</summary>
internal static class ChainExport
{
    public const string ContentType = "application/jsonl";

    private const int PageSize = 500;

    public static async Task WriteAsync(ChainedLog log, Database database, HttpResponse response, CancellationToken cancellationToken)
    {
        var after = 0L;
        while (await database.ScanAsync((connection, token) => log.PageAsync(connection, after, PageSize, token), cancellationToken) is { Count: > 0 } page)
        {
            response.ContentType = ContentType;
            foreach (var row in page)
                await response.WriteAsync($"{row.ToLine()}\n", cancellationToken);
            after = page[^1].Sequence;
        }
    }
}
