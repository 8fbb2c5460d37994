using System.Diagnostics;
using System.Text;

namespace Ziggie.Bench;

/// <summary>supervisord, as Debian packages it.</summary>
internal sealed class Supervisord : Peer
{
    public const string Program = "/usr/bin/supervisord";

    public override string Name => "supervisord";

    public override Process Start(int services, string folder)
    {
        var text = new StringBuilder(
            $"""
            [supervisord]
            nodaemon=true
            minfds=10000
            logfile={folder}/log
            pidfile={folder}/pid
            childlogdir={folder}
            [unix_http_server]
            file={folder}/sock
            [rpcinterface:supervisor]
            supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface

            """);
        for (var index = 0; index < services; index++)
        {
            text.Append($"[program:{Templates.Name(index)}]\ncommand={Command(index)}\nstartsecs=0\nautorestart=true\n"
                + $"redirect_stderr=true\nstdout_logfile={folder}/{Templates.Name(index)}.log\n");
        }
        File.WriteAllText(Path.Combine(folder, "conf"), text.ToString());
        return Run(Program, ["-c", Path.Combine(folder, "conf")]);
    }
}
