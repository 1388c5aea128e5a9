#!/usr/bin/env bash
# Weights from the base model alone, for a machine with a GPU, where the runs of a step go side by side: ./from_scratch.sh MINUTES_TEACHERS MINUTES_STUDENTS
#
# The shipped weights are not made this way (`make train` is): tried once, for 3.2 and 3.75 minutes on an H100, it came to 73.2 relaxed, and wants more time.
# Three teachers learn from the labelled texts, each with another seed. Students then start from the first and learn from the labelled texts and
# from what the teachers together make of every text, also of those that nobody labelled for a head. The mean of the students is the reader.
set -euo pipefail
cd "$(dirname "$0")"
python=${PYTHON:-.venv/bin/python}
teachers=${1:?minutes for each teacher} students=${2:?minutes for each student}
export OMP_NUM_THREADS=${OMP_NUM_THREADS:-2} TOKENIZERS_PARALLELISM=false
mkdir -p work
[ -d work/windows ] || $python windows.py --passes 8

side_by_side() {
  if $python -c 'import sys, torch; sys.exit(not torch.cuda.is_available())'; then "$@" & else "$@"; fi
}

for seed in 1 2 3; do
  side_by_side $python train.py --seed $seed --minutes "$teachers" --batch 64 --rate 3.2e-4 --head-rate 1.5e-3 --warmup 80 --keep 0.995 --check '' --out work/teacher-$seed.pt
done
wait
for seed in 11 12; do
  side_by_side $python train.py --from work/teacher-1.pt --teachers work/teacher-{1,2,3}.pt --seed $seed --hard 0.5 --minutes "$students" --batch 64 \
    --rate 2e-4 --head-rate 8e-4 --warmup 40 --keep 0.995 --check '' --out work/student-$seed.pt
done
wait
$python blend.py work/student-11.pt work/student-12.pt work/final.pt
