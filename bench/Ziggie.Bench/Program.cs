using Ziggie.Bench;

var options = Options.Parse(args);
if (options is null)
{
    Console.Error.WriteLine(Options.Usage);
    return 2;
}

Report.Head(options);
foreach (var part in options.Parts)
{
    switch (part)
    {
        case "first-answer": await StartBench.FirstAnswerAsync(options); break;
        case "one-service": await StartBench.OneServiceAsync(options); break;
        case "requests": await RequestBench.RunAsync(options); break;
        case "thousand": await ThousandBench.RunAsync(options); break;
        case "sockets": await SocketBench.RunAsync(options); break;
        case "peers": await PeerBench.RunAsync(options); break;
        case "logs": await LogBench.RunAsync(options); break;
        case "tail": await LogBench.TailAsync(options); break;
        case "stored": await RecoveryBench.StoredAsync(options); break;
        case "restarts": await RestartBench.RunAsync(options); break;
        case "policies": await PolicyBench.RunAsync(options); break;
        case "dashboard": await DashboardBench.RunAsync(options); break;
        case "adopted": await RecoveryBench.AdoptedAsync(options); break;
        default: Console.Error.WriteLine($"There is no part '{part}'."); return 2;
    }
}
return 0;
