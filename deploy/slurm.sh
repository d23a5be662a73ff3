#!/bin/sh
# Captions a folder tree with a Slurm job array:
#   sbatch --array=1-4 deploy/slurm.sh /lectures/2026-spring [more options of lectern batch]
# Submit it again after a failure: what is done is not done again.
#SBATCH --job-name=lectern
#SBATCH --cpus-per-task=8
#SBATCH --mem=6G
#SBATCH --time=12:00:00
#SBATCH --output=lectern-%A_%a.log
# Ten minutes before the time is over, so that the batch ends in order.
#SBATCH --signal=B:TERM@600
set -u

# The task's part of the tree follows from SLURM_ARRAY_TASK_ID and SLURM_ARRAY_TASK_COUNT, which Slurm sets.
"${LECTERN:-lectern}" batch "$@" &
batch=$!
trap 'kill -TERM "$batch"' TERM
wait "$batch"
code=$?
# A trap ends `wait` before the batch has ended.
while kill -0 "$batch" 2>/dev/null; do
    wait "$batch"
    code=$?
done
# 1: every recording was tried and some are damaged. Trying the task again would not mend them.
[ "$code" -eq 1 ] && exit 0
exit "$code"
