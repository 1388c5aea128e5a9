#!/usr/bin/env bash
# Trains on from the shipped weights on a machine with a GPU: ./on_gpu.sh MINUTES SEED…
#
# One run for each seed, side by side; the mean of the runs is the reader (work/final.pt). They begin alike, so that their weights can be averaged.
set -euo pipefail
cd "$(dirname "$0")"
python=${PYTHON:-.venv/bin/python}
minutes=${1:?minutes} seeds=("${@:2}")
export OMP_NUM_THREADS=${OMP_NUM_THREADS:-2} TOKENIZERS_PARALLELISM=false
mkdir -p work
[ -f work/start.pt ] || $python take_back.py ../crates/onrecord-data/model work/start.pt
[ -d work/windows ] || $python windows.py --passes 10
for seed in "${seeds[@]}"; do
  $python train.py --from work/start.pt --seed "$seed" --minutes "$minutes" --batch 64 --rate 2e-4 --head-rate 1e-3 --warmup 100 --masked 0.05 \
    --check '' --out "work/run-$seed.pt" &
done
wait
$python blend.py $(printf 'work/run-%s.pt ' "${seeds[@]}") work/final.pt
