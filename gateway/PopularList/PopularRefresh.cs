using System.Text.Json;
using Splitrail.Contracts;
using Splitrail.Gateway.Inner;

namespace Splitrail.Gateway.PopularList;

/// <summary>Asks candidate-svc for what is popular, again and again, and keeps the answer in memory and on disk.</summary>
internal sealed partial class PopularRefresh(
    PopularItems items, InnerServices services, GatewayOptions options, TimeProvider time, ILogger<PopularRefresh> logger) : BackgroundService
{
    /// <summary>Until there is a list, waiting out the whole period would leave a fresh replica with a random sample.</summary>
    private static readonly TimeSpan s_firstTries = TimeSpan.FromSeconds(1);

    private readonly PopularFile _file = new(options.StateDirectory);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_file.Read() is { } kept && WellFormed.Is(kept))
                items.Take(kept);
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException)
        {
            FileRefused(logger, fault.Message);
        }

        return base.StartAsync(cancellationToken);
    }

    /// <summary>Items of the list that is held; null when there is none.</summary>
    public int? Held => items.Current?.Items.Count;

    /// <returns>How many items the new list has; null when candidate-svc gave none.</returns>
    public async Task<int?> RefreshAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.LookupTimeout);
        var answer = await services.PopularAsync(new PopularRequest(options.PopularListSize, ItemFilters.Default), limit.Token);
        if (!answer.TryGetValue(out var list, out _) || list.Outcome != Outcomes.Found || !WellFormed.Is(list) || list.Items.Count == 0)
            return null;
        items.Take(list);
        Keep(list);
        return list.Items.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var refreshed = await RefreshAsync(stoppingToken) is not null;
            var wait = refreshed || items.Current is not null || options.PopularListRefresh < s_firstTries ? options.PopularListRefresh : s_firstTries;
            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Keep(ScoredItemsResponse list)
    {
        try
        {
            _file.Write(list);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            FileNotWritten(logger, fault.Message);
        }
    }

    [LoggerMessage(EventId = 110, Level = LogLevel.Warning, Message = "The popular list on disk is refused: {Reason}")]
    private static partial void FileRefused(ILogger logger, string reason);

    [LoggerMessage(EventId = 111, Level = LogLevel.Warning, Message = "The popular list could not be kept on disk: {Reason}")]
    private static partial void FileNotWritten(ILogger logger, string reason);
}
